/** What the README says agrees with the code. */
package io.labelworth.it.docs;
