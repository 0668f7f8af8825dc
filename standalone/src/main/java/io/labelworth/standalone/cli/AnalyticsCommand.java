package io.labelworth.standalone.cli;

import io.labelworth.analytics.AnalyticsMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code labelworth analytics}: one analytics service, until stopped. */
@Command(
        name = "analytics",
        mixinStandardHelpOptions = true,
        description = "Run one analytics service, by LABELWORTH_* settings.")
final class AnalyticsCommand implements Callable<Integer> {

    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
        return AnalyticsMain.run(cluster.serviceEnvironment("analytics-service"));
    }
}
