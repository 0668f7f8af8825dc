package io.labelworth.labeler.announce;

import io.labelworth.learning.view.Views;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Optional;

/** Views as announcements carry them. */
public final class AnnouncedViews {

    private AnnouncedViews() {}

    /**
     * The views that a checkpoint labels; empty where it labels images themselves.
     *
     * @throws IllegalArgumentException when they are none that are known
     */
    public static Optional<Views> of(ExpertCheckpoint checkpoint) {
        return Optional.ofNullable(checkpoint.getViews())
                .map(choice -> Views.of(choice.getName(), choice.getParameters()));
    }

    static Choice choice(Views views) {
        return new Choice(views.name(), views.parameters());
    }
}
