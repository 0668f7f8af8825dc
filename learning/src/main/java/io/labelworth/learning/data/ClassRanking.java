package io.labelworth.learning.data;

import io.labelworth.learning.random.Seeds;
import java.util.Arrays;

/**
 * The order of each class's images under the dataset's seeded permutation, and where it is cut: the
 * last tenth of each class is held out for validation, the rest is ranked from 0.
 */
final class ClassRanking {

    private static final int VALIDATION_SHARE = 10;

    private final int[][] order;

    ClassRanking(DatasetInfo info, byte[] labels) {
        int[] counts = new int[info.classes()];
        for (byte label : labels) {
            counts[label]++;
        }
        order = new int[info.classes()][];
        for (int c = 0; c < order.length; c++) {
            order[c] = new int[counts[c]];
        }
        int[] filled = new int[info.classes()];
        for (int i = 0; i < labels.length; i++) {
            order[labels[i]][filled[labels[i]]++] = i;
        }
        for (int c = 0; c < order.length; c++) {
            String purpose = "dataset/" + info.version() + "/class/" + c + "/ranks";
            Seeds.shuffle(order[c], Seeds.stream(0, purpose));
        }
    }

    /** Position in the file of the image of {@code rank} in class {@code imageClass}. */
    int position(int imageClass, int rank) {
        return order[imageClass][rank];
    }

    /** Images of the class with the fewest, those held out excluded. */
    int largestPool() {
        int smallest = Integer.MAX_VALUE;
        for (int c = 0; c < order.length; c++) {
            smallest = Math.min(smallest, ranked(c));
        }
        return smallest;
    }

    /** Positions of the training images, ascending. */
    int[] train() {
        int size = 0;
        for (int c = 0; c < order.length; c++) {
            size += ranked(c);
        }
        int[] positions = new int[size];
        int filled = 0;
        for (int c = 0; c < order.length; c++) {
            System.arraycopy(order[c], 0, positions, filled, ranked(c));
            filled += ranked(c);
        }
        Arrays.sort(positions);
        return positions;
    }

    /** Positions of the validation images, classes taking turns from the end of each order. */
    int[] validation() {
        int size = 0;
        int longest = 0;
        for (int[] images : order) {
            size += heldOut(images);
            longest = Math.max(longest, heldOut(images));
        }
        int[] positions = new int[size];
        int filled = 0;
        for (int turn = 0; turn < longest; turn++) {
            for (int[] images : order) {
                if (turn < heldOut(images)) {
                    positions[filled++] = images[images.length - 1 - turn];
                }
            }
        }
        return positions;
    }

    /** Images of a class that are ranked: those held out are not. */
    int ranked(int imageClass) {
        return order[imageClass].length - heldOut(order[imageClass]);
    }

    private static int heldOut(int[] images) {
        return images.length / VALIDATION_SHARE;
    }
}
