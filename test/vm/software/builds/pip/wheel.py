# SPDX-License-Identifier: Apache-2.0
"""Makes the wheel of greet."""
from zipfile import ZipFile

INFO = "greet-1.0.0.dist-info"
with ZipFile("greet-1.0.0-py3-none-any.whl", "w") as wheel:
    wheel.write("greet.py")
    wheel.writestr(f"{INFO}/METADATA", "Metadata-Version: 2.1\nName: greet\nVersion: 1.0.0\n")
    wheel.writestr(f"{INFO}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(f"{INFO}/RECORD", "".join(f"{name},,\n" for name in wheel.namelist()))
