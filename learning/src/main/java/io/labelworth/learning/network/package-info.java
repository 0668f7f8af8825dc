/**
 * Networks: their architecture, weights files (safetensors), initialisation, and running them on
 * libtorch through DJL. DJL's types are used here and in {@code training} only.
 */
package io.labelworth.learning.network;
