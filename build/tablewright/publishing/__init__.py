"""`tablewright publish`: a release, proved first, brought to where readers find it. One small module a place:

bundle      the release, verified, with the hash of every file
refusals    what can go wrong as one clear message, without any secret in it
host        a folder or an fsspec URL as a static data host: versions that never change, `latest`, releases.json
zenodo      the client of the InvenioRDM records API          deposit     what is done with it, in which order
drafts      the drafts begun, kept in the project             invenio     datacite.json in the terms of InvenioRDM
huggingface a dataset repository: one commit and one tag for each version
"""
