/**
 * Experts: training them here and announcing their checkpoints, or announcing somebody's own file.
 */
package io.labelworth.standalone.expert;
