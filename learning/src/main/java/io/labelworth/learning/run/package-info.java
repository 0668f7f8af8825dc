/**
 * One cell of an experiment: its canonical spec and identities ({@link
 * io.labelworth.learning.run.RunSpec}), and which images it trains on ({@link
 * io.labelworth.learning.run.Selection}).
 */
package io.labelworth.learning.run;
