package io.labelworth.learning.random;

import io.labelworth.learning.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Random streams derived from a seed and a purpose, such as (7, "initialisation"). Streams of
 * different purposes are independent, so that drawing more numbers for one never shifts another.
 *
 * <p>The stream's state is SHA-256 of the seed and the purpose, its generator xoshiro256++: both
 * are fixed by their definition, hence the same on every JDK and platform.
 */
public final class Seeds {

    private Seeds() {}

    /** The stream of {@code purpose} under {@code seed}, from its start. */
    public static UniformRandomProvider stream(long seed, String purpose) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
        digest.update(purpose.getBytes(StandardCharsets.UTF_8));
        long[] state = new long[4];
        ByteBuffer.wrap(digest.digest()).asLongBuffer().get(state);
        return RandomSource.XO_SHI_RO_256_PP.create(state);
    }

    /** A permutation of 0..size-1 by Fisher and Yates' shuffle. */
    public static int[] permutation(int size, UniformRandomProvider random) {
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = i;
        }
        shuffle(places, random);
        return places;
    }

    /** Shuffles {@code values} in place by Fisher and Yates' shuffle. */
    public static void shuffle(int[] values, UniformRandomProvider random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
