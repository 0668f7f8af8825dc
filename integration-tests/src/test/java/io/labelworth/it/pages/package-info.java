/** The dashboard in a browser, on what a small real flow has made. */
package io.labelworth.it.pages;
