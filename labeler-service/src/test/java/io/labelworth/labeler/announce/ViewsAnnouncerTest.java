package io.labelworth.labeler.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.learning.view.Views;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsAnnouncerTest {

    private static final Views CUTMIX = Views.of("cutmix", Map.of("count", "4", "seed", "1"));

    @TempDir private Path root;
    private final Given.Log log = new Given.Log();
    private final ViewsAnnouncer announcer =
            new ViewsAnnouncer(log, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private ExpertCheckpoint images;

    @BeforeEach
    void announceImages() throws Exception {
        Path file = Given.expert("convnet-fp32-weights.safetensors", root.resolve("mine"));
        images =
                Given.announcer(log, root.resolve("root"), Given.NOISE)
                        .adopt(file, Given.convNet())
                        .event();
        log.appended = 0;
    }

    @Test
    void theSameWeightsLabelViewsUnderAnotherNameAndLabelling() throws Exception {
        ExpertCheckpoint views = announcer.announce("mine/step-00000007", CUTMIX);

        assertThat(views.getCheckpointId()).isEqualTo("mine/step-00000007@cutmix-count-4-seed-1");
        assertThat(views.getLabellingId()).isNotEqualTo(images.getLabellingId());
        assertThat(views.getSha256()).isEqualTo(images.getSha256());
        assertThat(AnnouncedViews.of(views)).contains(CUTMIX);
        assertThat(log.latest()).containsKeys(images.getCheckpointId(), views.getCheckpointId());
    }

    @Test
    void askingAgainAnnouncesNothingUnlessItWasRetired() throws Exception {
        ExpertCheckpoint views = announcer.announce("mine/step-00000007", CUTMIX);

        assertThat(announcer.announce("mine/step-00000007", CUTMIX)).isEqualTo(views);
        assertThat(log.appended).isEqualTo(1);

        log.append(ExpertCheckpoint.newBuilder(views).setRetired(true).build());
        assertThat(announcer.announce("mine/step-00000007", CUTMIX).getRetired()).isFalse();
    }

    @Test
    void whatCannotBeViewedIsRefused() throws Exception {
        String views = announcer.announce("mine/step-00000007", CUTMIX).getCheckpointId();

        assertThatThrownBy(() -> announcer.announce(views, CUTMIX))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("labels views");
        assertThatThrownBy(() -> announcer.announce("mine/step-00000008", CUTMIX))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("mine/step-00000008");
    }
}
