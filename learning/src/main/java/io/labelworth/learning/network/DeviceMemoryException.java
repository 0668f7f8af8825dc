package io.labelworth.learning.network;

/** A device has too little memory left for what was asked; fewer images at once may fit. */
public final class DeviceMemoryException extends ModelException {

    public DeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
