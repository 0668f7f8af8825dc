package io.labelworth.learning.agreement;

/**
 * What came of a student.
 *
 * @param testAccuracy final, 0 to 1
 * @param validationAccuracy final, 0 to 1; of our students only, 0 of the others
 * @param loss of the last step, in nats
 * @param seconds that it took, evaluation included, beside whatever else ran
 */
record Outcome(double testAccuracy, double validationAccuracy, double loss, double seconds) {}
