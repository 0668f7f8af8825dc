package io.labelworth.labeler;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.Keys;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the consumer groups of labellings that are retired, once their last member has left: else
 * they would lag for ever in every Kafka tool. Labels and progress stay, so that a checkpoint that
 * is announced again goes on where it was. Every labeler tries; the first one does it.
 */
final class RetiredGroups implements ServiceLoop.Work {

    private static final Logger log = LoggerFactory.getLogger(RetiredGroups.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final CheckpointBoard board;
    private final Set<String> deleted = new HashSet<>();
    private final Pause pause = new Pause();

    RetiredGroups(Cluster cluster, CheckpointBoard board) {
        this.cluster = cluster;
        this.board = board;
    }

    @Override
    public void step() {
        Set<String> ended = board.ended();
        deleted.retainAll(ended);
        ended.removeAll(deleted);
        if (!ended.isEmpty()) {
            delete(ended);
        }
        pause.take(PAUSE);
    }

    private void delete(Set<String> labellings) {
        List<String> groups = labellings.stream().map(Keys::labelerGroup).toList();
        Map<String, KafkaFuture<Void>> deletions =
                cluster.admin().deleteConsumerGroups(groups).deletedGroups();
        String kept = null;
        for (String labelling : labellings) {
            String group = Keys.labelerGroup(labelling);
            try {
                cluster.await(deletions.get(group));
                log.info("deleted group {} of a retired checkpoint", group);
                deleted.add(labelling);
            } catch (ConfigurationException e) {
                if (e.getCause() instanceof GroupIdNotFoundException) {
                    deleted.add(labelling);
                } else if (!(e.getCause() instanceof GroupNotEmptyException)) {
                    kept = e.getMessage();
                }
            }
        }
        if (kept != null) {
            log.warn("groups of retired checkpoints are not deleted yet: {}", kept);
        }
    }

    @Override
    public void wakeup() {
        pause.end();
    }
}
