package io.labelworth.labeler.announce;

import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Optional;

/**
 * A checkpoint that is announced.
 *
 * @param event the announcement on the topic
 * @param bytesPerLabel exact bytes of each of its labels' payload
 * @param trial what it was found to be; empty when the very same was announced before, and nothing
 *     was done
 */
public record Announced(ExpertCheckpoint event, int bytesPerLabel, Optional<ExpertTrial> trial) {}
