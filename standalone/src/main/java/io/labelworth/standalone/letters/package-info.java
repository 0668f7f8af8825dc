/** Dead letters as a person deals with them: what failed and why, and asking for another try. */
package io.labelworth.standalone.letters;
