package io.labelworth.learning.label;

/** Selects the k largest of many numbers in one pass, by a heap of k with the smallest on top. */
final class Largest {

    private final float[] values;
    private final int[] heap;
    private int size;

    private Largest(float[] values, int k) {
        this.values = values;
        heap = new int[k];
    }

    /**
     * Which of {@code values} are the {@code k} largest; of equal ones the first.
     *
     * @param k 1 to the number of values
     */
    static boolean[] of(float[] values, int k) {
        Largest largest = new Largest(values, k);
        for (int i = 0; i < values.length; i++) {
            largest.offer(i);
        }
        boolean[] chosen = new boolean[values.length];
        for (int i : largest.heap) {
            chosen[i] = true;
        }
        return chosen;
    }

    private void offer(int index) {
        if (size < heap.length) {
            siftUp(size++, index);
        } else if (values[index] > values[heap[0]]) {
            siftDown(index);
        }
    }

    private void siftUp(int from, int index) {
        int place = from;
        while (place > 0 && before(index, heap[(place - 1) / 2])) {
            heap[place] = heap[(place - 1) / 2];
            place = (place - 1) / 2;
        }
        heap[place] = index;
    }

    private void siftDown(int index) {
        int place = 0;
        int child = firstChild(place);
        while (child < size && before(heap[child], index)) {
            heap[place] = heap[child];
            place = child;
            child = firstChild(place);
        }
        heap[place] = index;
    }

    private int firstChild(int place) {
        int left = 2 * place + 1;
        return left + 1 < size && before(heap[left + 1], heap[left]) ? left + 1 : left;
    }

    /** Whether {@code a} is given up before {@code b}: it is smaller, or equal and later. */
    private boolean before(int a, int b) {
        return values[a] < values[b] || values[a] == values[b] && a > b;
    }
}
