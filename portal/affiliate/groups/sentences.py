"""What pages say of groups that depends on them: whole sentences with named parameters."""

from portal.domain.sentences import counted


def lost(members: int, rewards: int) -> list[str]:
    """What removing a group with so many promoters and rewards takes."""
    of_members = counted(
        members,
        "1 promoter earns what everybody does, or its own reward, from the next deal on",
        "{number} promoters earn what everybody does, or their own rewards, from the next deal on",
    )
    of_rewards = counted(rewards, "1 reward of the group is removed", "{number} rewards of the group are removed")
    return [*([of_members] if members else []), *([of_rewards] if rewards else [])]
