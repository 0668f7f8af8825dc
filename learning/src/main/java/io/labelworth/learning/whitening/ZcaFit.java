package io.labelworth.learning.whitening;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Whitening;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Fits a ZCA whitening to the training split, images held out for validation excluded: W = U (S +
 * eps)^-1/2 U^T of the covariance U S U^T of the normalised images. As the reference's data sets
 * are whitened (MTT, utils.get_dataset under --zca: kornia's ZCAWhitening, eps 0.1, of images that
 * are normalised already; its covariance is that divided by n - 1, its mean is per pixel). A
 * function of the dataset's version and eps, to the bit.
 */
final class ZcaFit {

    private ZcaFit() {}

    static Whitening of(Dataset dataset, double eps) {
        DatasetInfo info = dataset.info();
        if (dataset.train().size() < 2) {
            throw new ModelException(info.name() + " has too few training images to whiten by");
        }
        PixelCovariance pixels = new PixelCovariance(dataset.train(), info);
        int floats = info.imageBytes();
        float[] mean = new float[floats];
        DMatrixRMaj covariance = new DMatrixRMaj(floats, floats);
        for (int i = 0; i < floats; i++) {
            mean[i] = (float) pixels.mean(i);
            for (int j = i; j < floats; j++) {
                double value = pixels.covariance(i, j);
                covariance.unsafe_set(i, j, value);
                covariance.unsafe_set(j, i, value);
            }
        }
        DMatrixRMaj root = inverseRoot(covariance, eps);
        float[] matrix = new float[floats * floats];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) root.data[i];
        }
        return new Whitening(eps, matrix, mean);
    }

    private static DMatrixRMaj inverseRoot(DMatrixRMaj covariance, double eps) {
        int size = covariance.numRows;
        EigenDecomposition_F64<DMatrixRMaj> decomposition =
                DecompositionFactory_DDRM.eig(size, true, true);
        if (!decomposition.decompose(covariance)) {
            throw new ModelException(
                    "the covariance of the training images has no decomposition; check the images");
        }
        // V = U (S + eps)^-1/4, so that V V^T is symmetric as it is computed.
        DMatrixRMaj scaled = new DMatrixRMaj(size, size);
        for (int k = 0; k < size; k++) {
            // Rounding may leave a variance of nothing a little below 0.
            double variance = Math.max(0, decomposition.getEigenvalue(k).getReal());
            double scale = 1 / Math.sqrt(Math.sqrt(variance + eps));
            double[] vector = decomposition.getEigenVector(k).data;
            for (int i = 0; i < size; i++) {
                scaled.unsafe_set(i, k, scale * vector[i]);
            }
        }
        DMatrixRMaj root = new DMatrixRMaj(size, size);
        CommonOps_DDRM.multOuter(scaled, root);
        return root;
    }
}
