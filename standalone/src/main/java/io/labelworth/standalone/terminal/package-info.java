/** What a person sees while long work goes on: bars on a terminal, plain lines elsewhere. */
package io.labelworth.standalone.terminal;
