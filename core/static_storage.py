"""Static files with their hash in the name, and a gzipped twin."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CompressedManifestStorage(CompressedManifestStaticFilesStorage):
    """Gzip only: brotli made collecting take 23 s instead of 1.8 s."""

    def create_compressor(self, **kwargs) -> Compressor:
        return super().create_compressor(**kwargs | {"use_brotli": False})
