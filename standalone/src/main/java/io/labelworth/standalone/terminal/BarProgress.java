package io.labelworth.standalone.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on a terminal. */
final class BarProgress implements Progress {

    private static final int REFRESH_MS = 250;

    private final PrintStream out;

    BarProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void line(String text) {
        out.println(text);
    }

    @Override
    public Stage stage(String name, long total) {
        ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(REFRESH_MS)
                        .setConsumer(new ConsoleProgressBarConsumer(out))
                        .build();
        return new Stage() {
            @Override
            public void at(long done, String detail) {
                bar.stepTo(done);
                bar.setExtraMessage(detail);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}
