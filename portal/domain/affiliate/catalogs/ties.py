"""What happens to every family's catalogs, and concerns promoters: `family.py` and the worker's drains import it,
so that every process has it."""

from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.notices import notices
from portal.domain.offers import catalogs

catalogs.before_reward_ends.append(terms.refuse_offers_without_reward)
catalogs.when_unpublished.append(notices.tell_of_unpublishing)
