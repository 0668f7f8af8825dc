package io.labelworth.standalone.experiment;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.text.NamedParameters;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.standalone.experiment.RunStates.State;
import io.labelworth.standalone.status.StatusTable;
import io.labelworth.trainer.planner.ExperimentRuns;
import io.labelworth.trainer.planner.WantedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What submitting an experiment would come to: its runs, and how long they take. */
public final class DryRun {

    /** As they are trained, but for seeds; variants in their order. */
    private static final Comparator<WantedRun> BY_LABELS =
            Comparator.comparingInt((WantedRun run) -> run.spec().imagesPerClass())
                    .thenComparingInt(WantedRun::checkpointOrder);

    private final Experiment experiment;
    private final DatasetInfo dataset;
    private final Map<String, ExpertCheckpoint> announced;
    private final RunStates states;
    private final List<WantedRun> runs;
    private final Map<String, String> labelledBy = new TreeMap<>();

    /**
     * @param announced checkpoints by id
     * @param states what is known of runs
     * @throws io.labelworth.trainer.planner.BadExperimentException when it makes no sense
     */
    public DryRun(
            Experiment experiment,
            DatasetInfo dataset,
            Map<String, ExpertCheckpoint> announced,
            RunStates states) {
        this.experiment = experiment;
        this.dataset = dataset;
        this.announced = announced;
        this.states = states;
        this.runs = ExperimentRuns.of(experiment, name -> dataset, announced);
        announced.forEach((id, c) -> labelledBy.putIfAbsent(c.getLabellingId(), id));
    }

    /** The runs that it would have now. */
    public List<WantedRun> runs() {
        return runs;
    }

    /** Seconds that one worker takes for those runs that are not done and whose time is known. */
    double seconds() {
        return times().filter(OptionalDouble::isPresent).mapToDouble(s -> s.getAsDouble()).sum();
    }

    /** Runs that are not done whose time is not known. */
    long untimed() {
        return times().filter(OptionalDouble::isEmpty).count();
    }

    private Stream<OptionalDouble> times() {
        TrainingSpeed speed = states.speed();
        return toTrain().stream().map(run -> speed.seconds(run.spec(), dataset));
    }

    /** A table with a line for each configuration, and what it comes to. */
    public String render() {
        StringBuilder text = new StringBuilder();
        if (!runs.isEmpty()) {
            text.append(TextTable.render(table()));
        }
        text.append(count()).append('\n');
        if (!toTrain().isEmpty()) {
            text.append(time()).append('\n');
        }
        Set<String> awaited = awaited();
        if (!awaited.isEmpty()) {
            text.append("not announced yet, so that their runs come later: ")
                    .append(String.join(", ", awaited))
                    .append('\n');
        }
        experiment
                .getExpertRuns()
                .forEach(run -> text.append("every new checkpoint of " + run + " joins\n"));
        return text.toString();
    }

    private List<WantedRun> toTrain() {
        return runs.stream()
                .filter(run -> Set.of(State.NEW, State.OPEN).contains(states.of(run.runId())))
                .toList();
    }

    private List<List<String>> table() {
        Map<String, Function<RunSpec, String>> columns = columns();
        Map<String, List<WantedRun>> configurations = new LinkedHashMap<>();
        runs.stream()
                .sorted(BY_LABELS)
                .forEach(
                        run ->
                                configurations
                                        .computeIfAbsent(
                                                run.spec().configurationId(),
                                                id -> new ArrayList<>())
                                        .add(run));
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                Stream.concat(columns.keySet().stream(), Stream.of("runs", "done", "open", "new"))
                        .toList());
        for (List<WantedRun> seeds : configurations.values()) {
            Map<State, Integer> counts = counts(seeds);
            Stream<String> cells =
                    columns.values().stream().map(column -> column.apply(seeds.get(0).spec()));
            Stream<Integer> numbers =
                    Stream.of(
                            seeds.size(),
                            counts.get(State.DONE),
                            counts.get(State.OPEN),
                            counts.get(State.NEW));
            rows.add(Stream.concat(cells, numbers.map(String::valueOf)).toList());
        }
        return rows;
    }

    /** Budget and labels; treatments where there are any; what else configurations differ in. */
    private Map<String, Function<RunSpec, String>> columns() {
        Map<String, Function<RunSpec, String>> columns = new LinkedHashMap<>();
        columns.put("IPC", spec -> Integer.toString(spec.imagesPerClass()));
        columns.put("steps", spec -> Integer.toString(spec.recipe().steps()));
        columns.put("labels", this::labels);
        if (!values(DryRun::treatments).equals(Set.of(""))) {
            columns.put("treatments", DryRun::treatments);
        }
        Map<String, Function<RunSpec, String>> others = new LinkedHashMap<>();
        others.put("images", this::selection);
        others.put("student", spec -> spec.student().toString());
        others.put("recipe", DryRun::recipe);
        others.forEach(
                (name, column) -> {
                    if (values(column).size() > 1) {
                        columns.put(name, column);
                    }
                });
        return columns;
    }

    private Set<String> values(Function<RunSpec, String> column) {
        return runs.stream().map(run -> column.apply(run.spec())).collect(Collectors.toSet());
    }

    private String labels(RunSpec spec) {
        return spec.labellings().isEmpty()
                ? spec.regime()
                : spec.labellings().stream()
                        .map(labelledBy::get)
                        .sorted()
                        .collect(Collectors.joining(" + "));
    }

    private static String treatments(RunSpec spec) {
        return spec.treatments().stream().map(DryRun::treatment).collect(Collectors.joining(", "));
    }

    private static String treatment(LabelTreatment treatment) {
        return new NamedParameters(treatment.name(), treatment.parameters()).toString();
    }

    private String selection(RunSpec spec) {
        Map<String, String> parameters = new TreeMap<>(spec.selection().parameters());
        spec.selection()
                .labelling()
                .ifPresent(
                        id ->
                                parameters.replaceAll(
                                        (k, v) -> v.equals(id) ? labelledBy.get(id) : v));
        return parameters.isEmpty()
                ? spec.selection().name()
                : spec.selection().name() + parameters;
    }

    private static String recipe(RunSpec spec) {
        Map<String, String> parameters = new TreeMap<>(spec.recipe().parameters());
        parameters.remove("steps");
        return spec.recipe().name() + parameters;
    }

    private Map<State, Integer> counts(List<WantedRun> of) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        Stream.of(State.values()).forEach(state -> counts.put(state, 0));
        of.forEach(run -> counts.merge(states.of(run.runId()), 1, Integer::sum));
        return counts;
    }

    private String count() {
        Map<State, Integer> counts = counts(runs);
        long configurations =
                runs.stream().map(run -> run.spec().configurationId()).distinct().count();
        String failed =
                counts.get(State.FAILED) == 0
                        ? ""
                        : ", "
                                + counts.get(State.FAILED)
                                + " failed (--retry-failed tries them again)";
        return String.format(
                "%d runs in %d configurations: %d done, %d waiting, queued or in training, %d new%s",
                runs.size(),
                configurations,
                counts.get(State.DONE),
                counts.get(State.OPEN),
                counts.get(State.NEW),
                failed);
    }

    private String time() {
        int workers = states.workers();
        long untimed = untimed();
        String unknown =
                "how long "
                        + (untimed == toTrain().size() ? "they take" : untimed + " of them take")
                        + " is not known: no such student has trained here in batches of that size";
        String known =
                "about "
                        + StatusTable.duration(Math.round(seconds() / workers))
                        + " on "
                        + (workers == 1 ? "1 worker" : workers + " workers")
                        + ", by the time that such students took here";
        if (untimed == 0) {
            return known;
        }
        return untimed == toTrain().size() ? unknown : known + "; " + unknown;
    }

    private Set<String> awaited() {
        Set<String> awaited = new TreeSet<>();
        awaited.addAll(experiment.getCheckpoints());
        experiment.getEnsembles().forEach(awaited::addAll);
        awaited.removeAll(announced.keySet());
        return awaited;
    }
}
