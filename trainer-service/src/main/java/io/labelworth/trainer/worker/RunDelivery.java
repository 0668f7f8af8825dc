package io.labelworth.trainer.worker;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.event.TrainingRun;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A run handed to this worker until it says done or releases it.
 *
 * @param record the record on training-runs
 * @param deliveries how often the record has been handed to a worker, this time included
 * @param last whether the group will not hand it out again: whoever has it now must settle it
 */
public record RunDelivery(
        ConsumerRecord<String, Decoded<TrainingRun>> record, int deliveries, boolean last) {

    /** The run, or why the record cannot be read. */
    public Decoded<TrainingRun> run() {
        return record.value();
    }
}
