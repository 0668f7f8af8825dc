/** Labels learned here, and announced as an expert's checkpoint is. */
package io.labelworth.standalone.learned;
