/**
 * The quickstart: one expert, its labels, students at three budgets, and what the labels were
 * worth.
 */
package io.labelworth.standalone.quickstart;
