"""What a release says of itself, for each kind of reader: descriptors made from one model of the dataset."""
