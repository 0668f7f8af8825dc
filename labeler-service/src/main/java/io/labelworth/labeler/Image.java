package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.event.ImageRef;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An image reference whose pixels were read and checked.
 *
 * @param claim claim it was read under
 * @param record the reference
 * @param labelKey key its label will have
 * @param pixels raw pixels, channel by channel
 * @param retry request to try it again after it failed; empty on its first try
 */
record Image(
        Claim claim,
        ConsumerRecord<String, Decoded<ImageRef>> record,
        String labelKey,
        byte[] pixels,
        Optional<RetryRequest> retry) {

    ImageRef reference() {
        return record.value().value();
    }
}
