// Expert checkpoints behind results. Their run and step are on expert-checkpoints; one that was never announced to this
// cluster (its results came from elsewhere) is told by its name alone, as a run of its own.

const known = (activity) => new Map((activity?.labellings ?? []).map((one) => [one.checkpointId, one]));

/** Checkpoints of the summaries, {id, run, step, validation}, by step. */
export function expertsOf(summaries, activity) {
  const announced = known(activity);
  return [...new Set(summaries.map((s) => s.checkpointId))]
    .map((id) => {
      const checkpoint = announced.get(id);
      return { id, run: checkpoint?.run ?? UNKNOWN, step: checkpoint?.step ?? null, validation: checkpoint?.validationAccuracy ?? null };
    })
    .sort((a, b) => (a.step ?? 0) - (b.step ?? 0) || a.id.localeCompare(b.id));
}

const UNKNOWN = 'of unknown run';

/** Expert runs of the summaries, the one with most results first. */
export function runsOf(summaries, activity) {
  const announced = known(activity);
  const counts = new Map();
  for (const summary of summaries) {
    const run = announced.get(summary.checkpointId)?.run ?? UNKNOWN;
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([run]) => run);
}
