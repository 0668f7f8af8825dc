package io.labelworth.trainer.worker;

import io.labelworth.schemas.event.TrainingRun;

/** Does what a run says. The seam between Kafka's side of a worker and the training. */
interface RunExecutor {

    /**
     * Executes one attempt, on the calling thread.
     *
     * @param progress told how far it is; asked whether to give up
     * @throws Exception when something around the run failed, so that another try may help
     */
    Outcome execute(TrainingRun run, RunProgress progress) throws Exception;
}
