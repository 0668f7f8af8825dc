package io.labelworth.standalone.takehome;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.schemas.Topics;
import io.labelworth.trainer.assembly.AssembledSet;
import io.labelworth.trainer.assembly.SetAssembler;
import io.labelworth.trainer.view.ImageRefFollower;
import io.labelworth.trainer.view.LabelView;
import io.labelworth.trainer.view.PinnedView;
import io.labelworth.trainer.view.ViewSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Assembles the set of a finished run once more, as its trainer did, from the topics alone. */
final class RunAssembly {

    private static final String CLIENT = "labelworth-export";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KafkaConnection connection;
    private final ImageStore images;

    /** Assembles from the log of a cluster and the pixels under a root. */
    RunAssembly(KafkaConnection connection, Path imageRoot) {
        this.connection = connection;
        this.images = new ImageStore(imageRoot);
    }

    /**
     * The set that the run was trained on.
     *
     * @param scratch an empty folder for the labels meanwhile
     * @throws ConfigurationException when the labels are no longer those that the result names
     * @throws io.labelworth.trainer.run.RunFailedException when an image or a label is missing
     */
    AssembledSet assemble(FinishedRun finished, DatasetInfo dataset, Path scratch)
            throws InterruptedException {
        Map<String, String> topicIds =
                Map.of(
                        Topics.IMAGE_REFS.name(), connection.cluster().topicId(Topics.IMAGE_REFS),
                        Topics.SOFT_LABELS.name(),
                                connection.cluster().topicId(Topics.SOFT_LABELS));
        try (LabelView view = LabelView.open(scratch, topicIds)) {
            ServiceLoop references =
                    new ServiceLoop(
                            "image-refs",
                            new ImageRefFollower(connection.consumers(), view, CLIENT + ".refs"));
            references.start();
            try (ViewSnapshot snapshot = pinned(view, finished)) {
                return checked(
                        finished,
                        new SetAssembler(images)
                                .assemble(finished.run(), finished.spec(), dataset, snapshot));
            } finally {
                references.close();
            }
        }
    }

    private ViewSnapshot pinned(LabelView view, FinishedRun finished) throws InterruptedException {
        int labellings = finished.spec().labellingsNeeded().size();
        return new PinnedView(
                        view, connection.consumers(), CLIENT + ".labels", labellings, PATIENCE)
                .await(finished.run(), () -> false);
    }

    private static AssembledSet checked(FinishedRun finished, AssembledSet set) {
        String expected = finished.result().getLabelDigest();
        String found = set.manifest().getLabelDigest();
        if (!found.equals(expected)) {
            throw new ConfigurationException(
                    String.format(
                            "the labels of run %s have digest %s, its result names %s; the topic"
                                    + " is not the one it was trained from",
                            finished.spec().runId(), found, expected));
        }
        return set;
    }
}
