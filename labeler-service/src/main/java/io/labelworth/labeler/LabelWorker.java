package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.ProducerUnusableException;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.kafka.TransactionAbortedException;
import io.labelworth.labeler.LabelingSession.Turn;
import io.labelworth.learning.network.DeviceMemoryException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker slot: takes the newest checkpoint that is due, labels until it has caught up or a
 * newer one waits, and takes the next. It owns every failure on the way:
 *
 * <ul>
 *   <li>an image fails: dead letter, within the batch ({@link ImageReader}, {@link LabelEncoder});
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
    private final Schedule schedule;
    private final MemoryBudget memory;
    private final Refusals refusals;
    private final Setbacks setbacks;
    private EventProducer producer;
    private AnnouncedCheckpoint checkpoint;
    private long commits;
    private volatile LabelingSession session;

    LabelWorker(
            int slot,
            LabelingSessions sessions,
            Schedule schedule,
            MemoryBudget memory,
            Refusals refusals,
            Setbacks setbacks) {
        this.slot = slot;
        this.sessions = sessions;
        this.schedule = schedule;
        this.memory = memory;
        this.refusals = refusals;
        this.setbacks = setbacks;
    }

    @Override
    public void step() {
        setbacks.turn();
        try {
            if (producer == null) {
                producer = sessions.producer(slot);
            }
            if (checkpoint == null) {
                checkpoint = schedule.next().orElse(null);
            }
            if (checkpoint == null) {
                setbacks.pause(IDLE);
            } else {
                label();
            }
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

    private void label() {
        try {
            if (session == null && !openSession()) {
                putDown();
                setbacks.pause(IDLE);
                return;
            }
            Turn turn = session.step();
            if (session.commits() > commits) {
                commits = session.commits();
                setbacks.reset();
            }
            if (turn == Turn.IDLE && schedule.done(checkpoint)) {
                putDown("caught up");
            } else if (!schedule.serves(checkpoint)) {
                putDown("no longer served");
            } else if (schedule.yields(checkpoint, memory)) {
                putDown("put off for a newer checkpoint");
            }
        } catch (CheckpointRefusedException e) {
            refuse(e);
        }
    }

    /**
     * Opens a session where there is memory for it.
     *
     * @return whether there was
     */
    private boolean openSession() throws CheckpointRefusedException {
        if (!memory.take(slot, sessions.bytesBefore(checkpoint))) {
            return false;
        }
        Expert expert;
        try {
            expert = sessions.load(checkpoint, slot);
        } catch (DeviceMemoryException e) {
            if (memory.takenByOthers(slot)) {
                return false;
            }
            throw new CheckpointRefusedException("out-of-memory", e);
        }
        try {
            if (!memory.take(slot, sessions.bytes(expert))) {
                expert.close();
                return false;
            }
            session = sessions.open(checkpoint, expert, slot, producer);
        } catch (CheckpointRefusedException | RuntimeException e) {
            expert.close();
            throw e;
        }
        commits = 0;
        log.info(
                "labelling checkpoint={} labelling={}",
                checkpoint.checkpointId(),
                checkpoint.shortLabelling());
        return true;
    }

    private void refuse(CheckpointRefusedException refusal) {
        AnnouncedCheckpoint refused = checkpoint;
        // Its session commits with the same producer.
        closeSession();
        try {
            if (refusal.onlyHere()) {
                log.warn(
                        "left to other labelers checkpoint={}: {}",
                        refused.checkpointId(),
                        refusal.getMessage());
            } else {
                refusals.write(producer, slot, refused, refusal);
            }
            schedule.fail(refused);
        } finally {
            // Not written down, it is taken and tried anew.
            putDown();
        }
    }

    private void startAnew() {
        EventProducer broken = producer;
        producer = null;
        try {
            putDown();
        } catch (KafkaException | ProducerUnusableException e) {
            // As wanted: a transaction that does not end must not keep the worker from a new start.
            log.warn("left a session that did not close: {}", e.getMessage());
        } finally {
            if (broken != null) {
                broken.close();
            }
        }
    }

    private void putDown(String why) {
        log.info("{} checkpoint={}", why, checkpoint.checkpointId());
        putDown();
    }

    private void putDown() {
        AnnouncedCheckpoint taken = checkpoint;
        checkpoint = null;
        try {
            closeSession();
        } finally {
            memory.giveBack(slot);
            if (taken != null) {
                schedule.giveBack(taken);
            }
        }
    }

    private void closeSession() {
        LabelingSession open = session;
        session = null;
        if (open != null) {
            open.close();
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
