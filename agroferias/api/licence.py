"""Under which terms the data are given."""

NAME = "CC BY 4.0"
SPDX = "CC-BY-4.0"
ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION = "Agroferias Campesinas"
