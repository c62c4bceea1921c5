"""The area of the affiliate family. Its ties to catalogs hold in every process that has the area."""

from portal.domain.affiliate.catalogs import ties as ties
