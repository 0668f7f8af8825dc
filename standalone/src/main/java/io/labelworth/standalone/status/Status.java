package io.labelworth.standalone.status;

import java.util.List;
import java.util.Map;

/**
 * Where the work stands on a cluster.
 *
 * @param labellings a line per checkpoint, newest last
 * @param totals all of them together
 * @param runs number of runs by state
 * @param waitingFor number of waiting runs by what they wait for
 * @param running a line per run in training, by worker
 * @param failures number of failed runs by reason
 */
public record Status(
        List<LabellingStatus> labellings,
        StatusTotals totals,
        Map<String, Long> runs,
        Map<String, Long> waitingFor,
        List<RunningLine> running,
        Map<String, Long> failures) {}
