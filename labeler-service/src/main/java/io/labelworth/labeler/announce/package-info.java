/**
 * Announcing experts that were trained elsewhere: {@link
 * io.labelworth.labeler.announce.CheckpointAnnouncer} is the one path of checks that the command
 * line, the watcher of a directory and {@code POST /checkpoints} share.
 */
package io.labelworth.labeler.announce;
