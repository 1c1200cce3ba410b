"""Very many pages: the same coder on a cluster of Ray, to a dataset of Parquet files in a folder that all of it sees.

The way of the data: files → shards → coded shards → one dataset by day → what is the same in it. Each step leaves
files behind and passes over what is there, so that the same call goes on wherever a run was stopped.
"""

from communique.scale.archiving import added
from communique.scale.dataset import Dataset
from communique.scale.running import Step, scaled

__all__ = ["Dataset", "Step", "added", "scaled"]
