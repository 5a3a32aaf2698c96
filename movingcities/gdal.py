"""Where the GDAL and GEOS libraries are.

The admin's point picker (django-leaflet) needs them. A machine that has them installed uses its own;
everywhere else the copy inside the pyogrio wheel serves: one library that contains both.
"""

from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path


def geo_libraries():
    """The paths for GDAL_LIBRARY_PATH and GEOS_LIBRARY_PATH; empty where Django finds the system's own."""
    if find_library("gdal") and find_library("geos_c"):
        return {}
    package = Path(find_spec("pyogrio").origin).parent
    bundled = next(package.with_name("pyogrio.libs").glob("libgdal*"), None) or next(
        package.glob(".dylibs/libgdal*"), None
    )
    if bundled is None:
        return {}
    return {"GDAL_LIBRARY_PATH": str(bundled), "GEOS_LIBRARY_PATH": str(bundled)}
