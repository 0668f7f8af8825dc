package io.labelworth.bench.report;

/**
 * What a figure's median should be.
 *
 * @param key figure it is about, for example pipelineOverForward.width128
 * @param title what the figure is, for a person
 * @param atLeast whether {@code bound} is the least wanted; else the most
 * @param bound in the figure's unit
 */
public record Target(String key, String title, boolean atLeast, double bound) {

    /** Whether the median reaches it. */
    public boolean met(Figure figure) {
        return atLeast ? figure.median() >= bound : figure.median() <= bound;
    }
}
