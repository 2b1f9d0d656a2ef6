"""What texts are about, as vectors: learnt by ``bench/embedding``, compared by their cosine."""
