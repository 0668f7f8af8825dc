package io.labelworth.bench.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code labelworth bench}: the benchmarks, each a command of its own. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure how fast Labelworth is on this machine.",
        synopsisSubcommandLabel = "BENCHMARK",
        subcommands = {
            LabelerBenchCommand.class,
            TrainerBenchCommand.class,
            AnalyticsBenchCommand.class
        })
final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no benchmark given");
    }
}
