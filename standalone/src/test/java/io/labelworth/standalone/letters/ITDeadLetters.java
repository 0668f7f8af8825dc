package io.labelworth.standalone.letters;

import static io.labelworth.standalone.letters.Given.image;
import static io.labelworth.standalone.letters.Given.other;
import static io.labelworth.standalone.letters.Given.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.LetterState;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.standalone.cli.LabelworthCli;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the command reads and writes, on a real cluster. Each test has a checkpoint of its own; the
 * labeler's side is played by {@link Answers}.
 */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITDeadLetters {

    @TempDir private static Path directory;
    private static EmbeddedCluster cluster;
    private static KafkaConnection kafka;
    private static EventProducer producer;

    private record Result(int code, String out, String err) {}

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(directory, line -> {});
        kafka =
                KafkaConnection.open(
                        KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl()));
        producer = EventProducer.idempotent(kafka.settings(), kafka.registry(), "test");
    }

    @AfterAll
    static void stop() {
        producer.close();
        kafka.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void anEmptyTopicIsSaidKindly() {
        Result result = run();

        assertThat(result.code()).isEqualTo(LabelworthCli.DONE);
        assertThat(result.out())
                .isEqualTo("No dead letters: everything so far could be processed.\n");
        assertThat(run("--wait").out()).isEqualTo("nothing is being tried again\n");
    }

    @Test
    void aRetryWritesTheSameLetterInStateRetryAndTheListShowsIt() {
        announce("images");
        dead(image("images", 1));

        Result result = run("--retry", "--checkpoint", "images");

        assertThat(result.out()).startsWith("asked for another try of 1 image;");
        assertThat(letters("images"))
                .containsExactly(image("images", 1), LetterState.RETRY.of(image("images", 1)));
        assertThat(run("--checkpoint", "images").out()).contains("1 to be tried again");
        assertThat(run("--retry", "--checkpoint", "images").out())
                .isEqualTo("nothing to try again\n");
    }

    @Test
    void aCheckpointIsAnnouncedAgainAsItIsAndItsLetterResolved() {
        long offset = announce("whole");
        dead(whole("whole", offset));

        Result result = run("--retry", "--checkpoint", "whole");

        assertThat(result.out()).startsWith("announced whole again;");
        assertThat(all(Topics.EXPERT_CHECKPOINTS))
                .filteredOn(checkpoint -> checkpoint.getCheckpointId().equals("whole"))
                .containsExactly(
                        Given.checkpoint("whole", false), Given.checkpoint("whole", false));
        assertThat(letters("whole")).last().matches(LetterState.RESOLVED::is);
        assertThat(run("--checkpoint", "whole").out())
                .isEqualTo("No dead letters match. Resolved since: 1 (--all).\n");
        assertThat(run("--checkpoint", "whole", "--all").out()).contains("1 resolved");
    }

    @Test
    void whatCannotBeTriedAgainIsSkippedWithItsReason() {
        dead(other("accuracy", 1));
        dead(whole("gone", 99));

        Result result = run("--retry", "--kind", "unreadable-event");

        assertThat(result.code()).isEqualTo(LabelworthCli.DONE);
        assertThat(result.out())
                .isEqualTo("skipped 1: letters about accuracy cannot be tried again\n");
        assertThat(run("--retry", "--checkpoint", "gone").out())
                .isEqualTo(
                        "skipped 1: their announcement was since replaced, retired or removed\n");
    }

    @Test
    void aWaitEndsWhenAllAreResolved() {
        announce("well");
        dead(image("well", 1));
        dead(image("well", 2));

        Result result =
                answered(
                        "well",
                        LetterState.RESOLVED::of,
                        "--retry",
                        "--wait",
                        "--checkpoint",
                        "well");

        assertThat(result.code()).isEqualTo(LabelworthCli.DONE);
        assertThat(result.out()).endsWith("2 of 2 resolved\n");
    }

    @Test
    void aWaitFailsWhenSomeFailedAgainAndSaysWhy() throws Exception {
        announce("ill");
        dead(image("ill", 1));
        dead(image("ill", 2));
        // Once asked for and failed again before: only the answer to this retry counts.
        dead(LetterState.RETRY.of(image("ill", 1)));
        dead(image("ill", 1));

        Result result =
                answered(
                        "ill",
                        letter ->
                                letter.getOffset() == 1
                                        ? LetterState.RESOLVED.of(letter)
                                        : stillMissing(letter),
                        "--retry",
                        "--wait",
                        "--json",
                        "--checkpoint",
                        "ill");

        assertThat(result.code()).isEqualTo(LabelworthCli.FAILED);
        assertThat(result.err())
                .contains(
                        "1 of 2 failed again, the first image-refs-0-2/labelling-of-ill: still"
                                + " missing");
        JsonNode document = new JsonMapper().readTree(result.out());
        assertThat(document.at("/asked/images").asInt()).isEqualTo(2);
        assertThat(document.at("/answers/resolved").asInt()).isEqualTo(1);
        assertThat(document.at("/answers/failedAgain/0/imageId").asText()).isEqualTo("train-2");
    }

    @Test
    void jsonIsOneDocumentWithEveryField() throws Exception {
        announce("json");
        dead(image("json", 5));

        JsonNode document = new JsonMapper().readTree(run("--json", "--checkpoint", "json").out());

        assertThat(document.path("failed").asInt()).isEqualTo(1);
        JsonNode letter = document.at("/letters/0");
        assertThat(letter.path("key").asText()).isEqualTo("image-refs-0-5/labelling-of-json");
        assertThat(letter.path("state").asText()).isEqualTo("failed");
        assertThat(letter.path("reason").asText()).isEqualTo("there is no file 5");
    }

    private static DeadLetter stillMissing(DeadLetter letter) {
        return DeadLetter.newBuilder(LetterState.FAILED.of(letter))
                .setReason("still missing")
                .build();
    }

    private static long announce(String checkpoint) {
        long offset =
                producer.sendAndWait(
                                Topics.EXPERT_CHECKPOINTS,
                                checkpoint,
                                Given.checkpoint(checkpoint, false))
                        .offset();
        awaitCommitted();
        return offset;
    }

    private static void dead(DeadLetter letter) {
        producer.sendAndWait(Topics.DEAD_LETTERS, DeadLetters.keyOf(letter), letter);
        awaitCommitted();
    }

    /** Commit markers land after the commit has returned: until then readers see less. */
    private static void awaitCommitted() {
        await().until(
                        () ->
                                ends(IsolationLevel.READ_COMMITTED)
                                        .equals(ends(IsolationLevel.READ_UNCOMMITTED)));
    }

    private static List<Long> ends(IsolationLevel isolation) throws Exception {
        List<Long> ends = new ArrayList<>();
        for (Topic<?> topic : List.of(Topics.DEAD_LETTERS, Topics.EXPERT_CHECKPOINTS)) {
            TopicPartition only = new TopicPartition(topic.name(), 0);
            ends.add(
                    kafka.cluster()
                            .admin()
                            .listOffsets(
                                    Map.of(only, OffsetSpec.latest()),
                                    new ListOffsetsOptions(isolation))
                            .partitionResult(only)
                            .get()
                            .offset());
        }
        return ends;
    }

    private static List<DeadLetter> letters(String checkpoint) {
        return all(Topics.DEAD_LETTERS).stream()
                .filter(letter -> checkpoint.equals(letter.getCheckpointId()))
                .toList();
    }

    private static <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        return TopicReader.all(kafka.consumers(), topic, "test");
    }

    private static Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("dead-letters"));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "--bootstrap-servers",
                        cluster.bootstrapServers(),
                        "--schema-registry",
                        cluster.schemaRegistryUrl()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = LabelworthCli.run(command.toArray(String[]::new));
            awaitCommitted();
            return new Result(
                    code,
                    said.toString(StandardCharsets.UTF_8),
                    complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Runs the command while a labeler answers. */
    private static Result answered(
            String checkpoint, UnaryOperator<DeadLetter> answer, String... arguments) {
        ServiceLoop labeler = new ServiceLoop("answers", new Answers(checkpoint, answer));
        labeler.start();
        try {
            return run(arguments);
        } finally {
            labeler.close();
        }
    }

    /** Answers each new retry of one checkpoint, as a labeler does. */
    private static final class Answers implements ServiceLoop.Work {

        private final String checkpoint;
        private final UnaryOperator<DeadLetter> answer;
        private final TopicReader<DeadLetter> reader;

        private Answers(String checkpoint, UnaryOperator<DeadLetter> answer) {
            this.checkpoint = checkpoint;
            this.answer = answer;
            reader = new TopicReader<>(kafka.consumers(), Topics.DEAD_LETTERS, "answers");
            reader.catchUp(record -> {});
        }

        @Override
        public void step() {
            List<DeadLetter> asked = new ArrayList<>();
            reader.poll(Duration.ofMillis(100))
                    .forEach(record -> asked.add(record.value().value()));
            asked.stream()
                    .filter(letter -> checkpoint.equals(letter.getCheckpointId()))
                    .filter(LetterState.RETRY::is)
                    .forEach(letter -> dead(answer.apply(letter)));
        }

        @Override
        public void release() {
            reader.close();
        }
    }
}
