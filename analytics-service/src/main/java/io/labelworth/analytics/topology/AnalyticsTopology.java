package io.labelworth.analytics.topology;

import io.labelworth.analytics.rules.Family;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * From accuracies to answers.
 *
 * <pre>
 *   accuracy -- unreadable, unusable --&gt; dead-letters
 *      | final, no replay
 *      | by configuration
 *   first result of each run --&gt; accuracy-summary
 *      | by family
 *   configurations of a family --&gt; pareto-frontier, scaling-laws, label-worth
 * </pre>
 *
 * Every internal topic and store has a name of its own here, so that a changed topology finds its
 * state again.
 *
 * @param registry registry of all values
 * @param source reads accuracy events; what is wrong with one is in the value
 * @param deadLetters writes down what cannot be counted
 * @param familyInterval how often changed families are looked at
 */
public record AnalyticsTopology(
        SchemaRegistry registry,
        Deserializer<Decoded<Accuracy>> source,
        DeadLetters deadLetters,
        Duration familyInterval) {

    /** Store with the final results of each configuration: {@link RunsOfConfiguration#of}. */
    public static final String RESULTS = "results-by-configuration";

    /** Name of the internal topic that brings the runs of a configuration together. */
    static final String BY_CONFIGURATION = "by-configuration";

    /** Fixed: state is kept by partition. More instances than this leave some without work. */
    static final int INTERNAL_PARTITIONS = 4;

    /** Adds the whole topology to a builder. */
    public void define(StreamsBuilder builder) {
        KStream<String, Decoded<Accuracy>> events =
                builder.stream(
                        Topics.ACCURACY.name(),
                        Consumed.with(Serdes.String(), readOnly(source))
                                .withName("accuracy-events"));
        to(
                events.filterNot(Refusal::acceptable, Named.as("unacceptable"))
                        .process(() -> new Refusal(deadLetters), Named.as("refuse")),
                Topics.DEAD_LETTERS);
        KStream<String, AccuracySummary> summaries = summaries(finalResults(events));
        to(summaries, Topics.ACCURACY_SUMMARY);
        KStream<String, SpecificRecord> answers =
                summaries
                        .selectKey((id, summary) -> Family.of(summary).key(), Named.as("family-of"))
                        .repartition(
                                Repartitioned.with(Serdes.String(), serde(Topics.ACCURACY_SUMMARY))
                                        .withName("by-family")
                                        .withNumberOfPartitions(INTERNAL_PARTITIONS))
                        .process(new FamilyStores(familyInterval, registry), Named.as("families"));
        to(only(answers, Topics.PARETO_FRONTIER), Topics.PARETO_FRONTIER);
        to(only(answers, Topics.SCALING_LAWS), Topics.SCALING_LAWS);
        to(only(answers, Topics.LABEL_WORTH), Topics.LABEL_WORTH);
    }

    private static KStream<String, Accuracy> finalResults(
            KStream<String, Decoded<Accuracy>> events) {
        return events.filter(Refusal::acceptable, Named.as("acceptable"))
                .mapValues(Decoded::value, Named.as("value-of"))
                .filter(
                        (run, accuracy) ->
                                accuracy.getFinalResult() && accuracy.getReplayOf() == null,
                        Named.as("final-and-original"));
    }

    private KStream<String, AccuracySummary> summaries(KStream<String, Accuracy> results) {
        return results.selectKey(
                        (run, result) -> result.getConfigurationId(), Named.as("configuration-of"))
                .repartition(
                        Repartitioned.with(Serdes.String(), serde(Topics.ACCURACY))
                                .withName(BY_CONFIGURATION)
                                .withNumberOfPartitions(INTERNAL_PARTITIONS))
                .processValues(RunsOfConfiguration.supplier(registry), Named.as("collect-runs"));
    }

    private <V extends SpecificRecord> KStream<String, V> only(
            KStream<String, SpecificRecord> answers, Topic<V> topic) {
        return answers.filter(
                        (key, answer) -> topic.valueType().isInstance(answer),
                        Named.as("only-" + topic.name()))
                .mapValues(topic.valueType()::cast, Named.as("as-" + topic.name()));
    }

    private <V extends SpecificRecord> void to(KStream<String, V> stream, Topic<V> topic) {
        stream.to(
                topic.name(),
                Produced.with(Serdes.String(), serde(topic)).withName("to-" + topic.name()));
    }

    private <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
        return TopicSerde.of(topic, registry);
    }

    private static Serde<Decoded<Accuracy>> readOnly(Deserializer<Decoded<Accuracy>> source) {
        return Serdes.serdeFrom(
                (topic, event) -> {
                    throw new UnsupportedOperationException("decoded events are never written");
                },
                source);
    }
}
