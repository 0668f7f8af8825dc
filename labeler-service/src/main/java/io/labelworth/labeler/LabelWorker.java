package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.ProducerUnusableException;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.kafka.TransactionAbortedException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker slot: takes the newest checkpoint that is due, labels until it has caught up, and
 * takes the next. It owns every failure on the way:
 *
 * <ul>
 *   <li>an image fails: dead letter, within the batch ({@link BatchLabeler});
 *   <li>a checkpoint fails: dead letter, and the slot takes another;
 *   <li>a transaction is aborted: the session has rewound, the slot tries again;
 *   <li>a producer is unusable, or fenced for once: producer and session are built anew;
 *   <li>another labeler has this one's name, rights are missing, or nothing works for long: the
 *       labeler stops.
 * </ul>
 */
final class LabelWorker implements ServiceLoop.Work {

    private static final Logger log = LoggerFactory.getLogger(LabelWorker.class);
    private static final Duration IDLE = Duration.ofMillis(100);

    private final int slot;
    private final LabelingSessions sessions;
    private final CheckpointBoard board;
    private final Backlog backlog;
    private final Refusals refusals;
    private final Setbacks setbacks;
    private final BooleanSupplier ready;
    private EventProducer producer;
    private AnnouncedCheckpoint checkpoint;
    private volatile LabelingSession session;

    /**
     * @param ready whether board and backlog know what was there at the start
     */
    LabelWorker(
            int slot,
            LabelingSessions sessions,
            CheckpointBoard board,
            Backlog backlog,
            Refusals refusals,
            Setbacks setbacks,
            BooleanSupplier ready) {
        this.slot = slot;
        this.sessions = sessions;
        this.board = board;
        this.backlog = backlog;
        this.refusals = refusals;
        this.setbacks = setbacks;
        this.ready = ready;
    }

    @Override
    public void step() {
        try {
            if (producer == null) {
                producer = sessions.producer(slot);
            }
            if (checkpoint == null && !takeNext()) {
                setbacks.pause(IDLE);
                return;
            }
            label();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (ProducerFencedException e) {
            startAnew();
            setbacks.afterFencing(e);
        } catch (AuthorizationException | AuthenticationException e) {
            throw new LabelerStoppedException(
                    "the cluster denies what a labeler needs: " + e.getMessage(), e);
        } catch (TransactionAbortedException e) {
            setbacks.after(e);
        } catch (ProducerUnusableException | KafkaException | ConfigurationException e) {
            startAnew();
            setbacks.after(e);
        }
    }

    private boolean takeNext() {
        if (!ready.getAsBoolean()) {
            return false;
        }
        Optional<AnnouncedCheckpoint> next =
                board.take(candidate -> backlog.due(candidate.labellingId()));
        next.ifPresent(taken -> checkpoint = taken);
        return next.isPresent();
    }

    private void label() {
        try {
            if (session == null) {
                session = sessions.open(checkpoint, slot);
                log.info(
                        "labelling checkpoint={} labelling={}",
                        checkpoint.checkpointId(),
                        checkpoint.shortLabelling());
            }
            if (session.step(producer)) {
                setbacks.reset();
            } else if (backlog.lag(checkpoint.labellingId()) == 0) {
                log.info("caught up checkpoint={}", checkpoint.checkpointId());
                putDown();
                return;
            }
            if (!board.serves(checkpoint)) {
                log.info("no longer served checkpoint={}", checkpoint.checkpointId());
                putDown();
            }
        } catch (CheckpointRefusedException e) {
            refuse(e);
        }
    }

    private void refuse(CheckpointRefusedException refusal) {
        try {
            refusals.write(producer, slot, checkpoint, refusal);
            board.fail(checkpoint);
        } finally {
            // Not written down, it is taken and tried anew.
            putDown();
        }
    }

    private void startAnew() {
        putDown();
        if (producer != null) {
            producer.close();
            producer = null;
        }
    }

    private void putDown() {
        LabelingSession open = session;
        session = null;
        AnnouncedCheckpoint taken = checkpoint;
        checkpoint = null;
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            if (taken != null) {
                board.giveBack(taken);
            }
        }
    }

    @Override
    public void wakeup() {
        setbacks.close();
        LabelingSession open = session;
        if (open != null) {
            open.wakeup();
        }
    }

    @Override
    public void release() {
        startAnew();
    }
}
