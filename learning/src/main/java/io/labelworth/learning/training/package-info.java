/**
 * Training: one loop for experts and students, its recipe, and what comes out of it. Arithmetic of
 * a run is single-threaded and seeded, so that the same run gives the same bits.
 */
package io.labelworth.learning.training;
