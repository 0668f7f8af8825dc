package io.labelworth.learning.network;

import java.util.List;

/** Sizes of a network that is built here and takes its weights by PyTorch state_dict name. */
public sealed interface StateDictShape extends NetworkShape permits ConvNetShape, ResNetShape {

    /** All weights, in the order of the state_dict; those only training needs are left out. */
    List<Parameter> parameters();
}
