package io.labelworth.learning.training;

/** Sets that say of themselves which image and which view is asked for. */
final class Views {

    private Views() {}

    /** Two bytes: the image and the view. */
    record OfPixels(int size, int views) implements Pixels {

        @Override
        public int imageBytes() {
            return 2;
        }

        @Override
        public void read(int image, int view, byte[] into) {
            into[0] = (byte) image;
            into[1] = (byte) view;
        }
    }

    /** Two values: the image and the view. */
    record OfTargets(int size, int views) implements Targets {

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public void target(int image, int view, float[] into) {
            into[0] = image;
            into[1] = view;
        }
    }
}
