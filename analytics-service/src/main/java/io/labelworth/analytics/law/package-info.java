/**
 * Scaling laws: how test error falls with images per class. {@link
 * io.labelworth.analytics.law.LawFit} fits a curve to measured errors, {@link
 * io.labelworth.analytics.law.LawBootstrap} says how sure it is.
 */
package io.labelworth.analytics.law;
