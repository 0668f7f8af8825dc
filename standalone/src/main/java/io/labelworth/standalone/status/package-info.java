/** Where the work stands: labelling by checkpoint, runs by state, who is at work. */
package io.labelworth.standalone.status;
