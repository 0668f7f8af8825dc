/**
 * Experiments as people write them: a YAML file, checked and turned into the event that the planner
 * works on.
 */
package io.labelworth.standalone.experiment;
